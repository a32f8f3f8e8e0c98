namespace CmEtl.Engine;

/// <summary>The newest run on a conflict schema that is neither completed nor abandoned.</summary>
/// <param name="RunId">The run.</param>
/// <param name="SettingsHash">Hash of the settings that it began with.</param>
/// <param name="SqlHash">Hash of the statements that it began with.</param>
/// <param name="Age">Time since it began, by the database clock.</param>
/// <param name="Alive">Whether a process works on it.</param>
/// <param name="Lease">The process that works on it, according to its leases.</param>
internal sealed record UnfinishedRun(string RunId, string SettingsHash, string SqlHash, TimeSpan Age, bool Alive, RunLease Lease);
