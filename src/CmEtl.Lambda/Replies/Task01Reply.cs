namespace CmEtl.Lambda;

/// <summary>The reply to <c>task_01</c>. Skipped if Task 01 of this run was already done.</summary>
internal sealed record Task01Reply(
    string RunId, bool Skipped, long? RemindersAdded, long? RemindersChanged, long? SnapshotRows, double DurationSeconds,
    string Status = "success");
