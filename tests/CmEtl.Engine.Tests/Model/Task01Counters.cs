namespace CmEtl.Engine.Tests.Model;

public sealed record Task01Counters(long RemindersInserted, long RemindersChanged, long SnapshotRows, long SettingsRows);
