namespace CmEtl.Engine;

/// <summary>One line of the comparison of a run's snapshot with the table.</summary>
public sealed record RunChange
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>What is counted.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>The name of the column, flag, total or suspicion; empty for new, vanished and unconfirmed rows.</summary>
    public string Name { get; init; } = "";

    /// <summary>The visit date of new, vanished and unconfirmed rows; null for the others.</summary>
    public DateOnly? VisitDate { get; init; }

    /// <summary>
    /// The agency (ProviderName) of new, vanished and unconfirmed rows. Empty for other kinds, and for agencies without a name.
    /// </summary>
    public string Agency { get; init; } = "";

    /// <summary>Number of rows. Only totals can be 0.</summary>
    public required long Rows { get; init; }
}
