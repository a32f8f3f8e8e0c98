namespace CmEtl.Lambda;

/// <summary>Of <c>task_01</c>; skipped when this run had done it before.</summary>
internal sealed record Task01Reply(
    string RunId, bool Skipped, long? RemindersAdded, long? RemindersChanged, long? SnapshotRows, double DurationSeconds,
        string Status = "success");
