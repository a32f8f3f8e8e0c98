namespace CmEtl.Engine;

/// <summary>The names of this process in the ledger, by which it can be found on its machine.</summary>
internal static class ThisProcess
{
    /// <summary>Host name and process id. The names of its workers begin with this.</summary>
    public static string Id { get; } = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>The same in words, for a sentence.</summary>
    public static string Name { get; } = $"process {Environment.ProcessId} on {Environment.MachineName}";

    /// <summary>The user of the operating system and the host, recorded with requests.</summary>
    public static string User { get; } = $"{Environment.UserName} on {Environment.MachineName}";
}
