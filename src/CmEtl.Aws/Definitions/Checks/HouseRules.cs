namespace CmEtl.Aws.Definitions.Checks;

/// <summary>
/// Warns about definitions that Step Functions accepts but CmEtl advises against. Tests check that its own definitions comply.
/// </summary>
internal static class HouseRules
{
    public static void Check(StateScope scope, string type)
    {
        if (type == "Task" && !scope.Node.Has("TimeoutSeconds") && !scope.Node.Has("TimeoutSecondsPath"))
        {
            scope.Warn("NoTimeout", scope.Node, "A Task without TimeoutSeconds waits up to 99,999,999 s (three years) for a reply that was lost.");
        }

        if (type == "Map" && !scope.Node.Has("MaxConcurrency") && !scope.Node.Has("MaxConcurrencyPath"))
        {
            scope.Warn("NoMaxConcurrency", scope.Node, "A Map without MaxConcurrency runs as many items at once as the service allows: 40 inline, 10,000 distributed.");
        }

        if (scope.Node["Iterator"] is { } iterator)
        {
            scope.Warn("Iterator", iterator, "Iterator is deprecated. Use ItemProcessor.");
        }
    }
}
