namespace CmEtl.Engine;

/// <summary>How this process is named in the ledger: to those who look for it on its machine.</summary>
internal static class ThisProcess
{
    /// <summary>Host name and process id: the first part of the name of each of its workers.</summary>
    public static string Id { get; } = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>The same for a sentence.</summary>
    public static string Name { get; } = $"process {Environment.ProcessId} on {Environment.MachineName}";

    /// <summary>Who asks for something from it: the user of the operating system, and the host.</summary>
    public static string User { get; } = $"{Environment.UserName} on {Environment.MachineName}";
}
