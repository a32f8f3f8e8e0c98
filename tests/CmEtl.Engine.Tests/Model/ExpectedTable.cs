namespace CmEtl.Engine.Tests.Model;

/// <summary>The expected table conflictvisitmaps after a complete run.</summary>
public sealed record ExpectedTable(TableShape Shape, IReadOnlyDictionary<string, ExpectedRow> Rows, RunCounters Counters);
