namespace CmEtl.AwsBench;

/// <summary>Settings of a sandbox.</summary>
/// <param name="FunctionName">The function.</param>
/// <param name="Version">Its version, or <c>$LATEST</c>.</param>
/// <param name="Environment">All variables that it sees in addition to the runtime's own.</param>
/// <param name="Timeout">Time after which it is killed.</param>
public sealed record SandboxSettings(string FunctionName, string Version, IReadOnlyDictionary<string, string> Environment,
    TimeSpan Timeout);
