namespace CmEtl.AwsBench;

/// <summary>What a sandbox is started with.</summary>
/// <param name="FunctionName">The function.</param>
/// <param name="Version">Its version, or <c>$LATEST</c>.</param>
/// <param name="Environment">All it sees besides the runtime's own variables.</param>
/// <param name="Timeout">After this time it is killed.</param>
public sealed record SandboxSettings(string FunctionName, string Version, IReadOnlyDictionary<string, string> Environment,
    TimeSpan Timeout);
