using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>
/// Executions: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html and its neighbours.
/// </summary>
internal sealed class ExecutionOperations(BenchOptions options, MachineOperations machines, ExecutionRunner runner, MapRunner maps)
{
    private readonly List<BenchExecution> _executions = [];

    public IEnumerable<JsonObject> Told =>
        _executions.Concat(maps.Runs.SelectMany(r => r.Children)).SelectMany(e => e.History.Snapshot().Prepend(e.Describe()));

    public JsonObject Start(JsonObject request)
    {
        var (machine, version, content) = machines.Resolve((string)request["stateMachineArn"]!);
        var name = (string?)request["name"] ?? Guid.NewGuid().ToString();
        var input = (string?)request["input"] ?? "{}";
        var arn = machine.Arn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal) + ":" + name;
        if (_executions.Find(e => e.Arn == arn) is { } there)
        {
            return there.Status == "RUNNING" && there.Input == input
                ? Started(there)
                : throw new ServiceFault("ExecutionAlreadyExists", $"Execution Already Exists: '{arn}'");
        }

        var execution = new BenchExecution
        {
            Arn = arn, Name = name, Machine = machine, VersionArn = version, Definition = (string)content["definition"]!, Input = input,
        };
        Unsupported.Refuse(JsonNode.Parse(execution.Definition)!.AsObject());
        _executions.Add(execution);
        execution.History.Add("ExecutionStarted");
        Run(execution);
        return Started(execution);
    }

    public JsonObject Describe(JsonObject request) => Find(request).Describe();

    public JsonObject Stop(JsonObject request)
    {
        var execution = Find(request);
        Stop(execution, (string?)request["error"], (string?)request["cause"]);
        return new() { ["stopDate"] = Epoch.Seconds(execution.Stopped) };
    }

    /// <summary>The interpreter goes on after the bench has ended, so nothing may run in it any more.</summary>
    public void StopAll() => _executions.ForEach(e => Stop(e, null, null));

    public JsonObject Redrive(JsonObject request)
    {
        var execution = Find(request);
        if (!execution.Unsuccessful || execution.MapRun is not null)
        {
            throw new ServiceFault(
                "ExecutionNotRedrivable",
                execution.MapRun is null ? $"Execution is {execution.Status}, which is not redrivable." : "A child is redriven by its Map Run, with its parent.");
        }

        ExecutionRunner.Redrive(execution);
        Run(execution);
        return new() { ["redriveDate"] = Epoch.Seconds(execution.Redriven) };
    }

    public JsonObject List(JsonObject request) => Page.Of(
        options, request, "executions",
        Enumerable.Reverse(Asked(request)).Where(e => ((string?)request["statusFilter"] ?? e.Status) == e.Status).Select(e => e.Describe()));

    public JsonObject GetHistory(JsonObject request)
    {
        var events = Find(request).History.Snapshot();
        return Page.Of(options, request, "events", (bool?)request["reverseOrder"] == true ? events.Reverse() : events);
    }

    public JsonObject ListMapRuns(JsonObject request)
    {
        var execution = Find(request);
        return Page.Of(options, request, "mapRuns", maps.Runs.Where(r => r.Parent == execution).Select(r => r.ListItem()));
    }

    public JsonObject DescribeMapRun(JsonObject request) => maps.Find((string?)request["mapRunArn"]).Describe();

    private void Stop(BenchExecution execution, string? error, string? cause)
    {
        if (execution.Status == "RUNNING")
        {
            runner.Abort(execution, error, cause);
            maps.Abort(execution);
        }
    }

    private void Run(BenchExecution execution) =>
        _ = runner.RunAsync(execution, (state, input) => maps.RunAsync(execution, state, input));

    /// <summary>
    /// A machine's executions, or a Map Run's: https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html.
    /// </summary>
    private IEnumerable<BenchExecution> Asked(JsonObject request) => (string?)request["mapRunArn"] is { } run
        ? maps.Find(run).Children.Where(c => c.Status != "PENDING")
        : _executions.Where(e => e.Machine.Arn == (string?)request["stateMachineArn"]);

    private BenchExecution Find(JsonObject request) => _executions.Find(e => e.Arn == (string?)request["executionArn"])
        ?? maps.Runs.SelectMany(r => r.Children).FirstOrDefault(c => c.Arn == (string?)request["executionArn"] && c.Status != "PENDING")
        ?? throw new ServiceFault("ExecutionDoesNotExist", $"Execution Does Not Exist: '{request["executionArn"]}'");

    private static JsonObject Started(BenchExecution execution) => new() { ["executionArn"] = execution.Arn, ["startDate"] = Epoch.Seconds(execution.Started) };
}
