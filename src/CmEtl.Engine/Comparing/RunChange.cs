namespace CmEtl.Engine;

/// <summary>One line of the comparison of a run's before-snapshot with the table.</summary>
public sealed record RunChange
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>What is counted.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>The column, the flag, the total or the suspicion; empty for new, vanished and unconfirmed rows.</summary>
    public string Name { get; init; } = "";

    /// <summary>The visit date of new, vanished and unconfirmed rows; null for the others.</summary>
    public DateOnly? VisitDate { get; init; }

    /// <summary>The agency (ProviderName) of new, vanished and unconfirmed rows; empty for the others, and where it has no name.</summary>
    public string Agency { get; init; } = "";

    /// <summary>Rows; never 0, except for totals.</summary>
    public required long Rows { get; init; }
}
