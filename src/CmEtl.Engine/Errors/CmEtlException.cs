namespace CmEtl.Engine;

/// <summary>
/// The only exception that the engine throws deliberately. It never contains the driver's exception or its text, because a server message
/// can quote the failing row, and with it an SSN. Only the SqlState and CmEtl's own text are kept.
/// </summary>
public sealed class CmEtlException : Exception
{
    /// <param name="kind">What the caller can do about it.</param>
    /// <param name="errorId">Stable identifier for scripts, one of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What happened and where.</param>
    /// <param name="remedy">What to do next.</param>
    /// <param name="sqlState">PostgreSQL's five-character code if the error comes from the server.</param>
    public CmEtlException(ErrorKind kind, string errorId, string message, string remedy, string? sqlState = null)
        : base(message)
    {
        Kind = kind;
        ErrorId = errorId;
        Remedy = remedy;
        SqlState = sqlState;
    }

    /// <summary>What the caller can do about it.</summary>
    public ErrorKind Kind { get; }

    /// <summary>Stable identifier, PascalCase.</summary>
    public string ErrorId { get; }

    /// <summary>What to do next.</summary>
    public string Remedy { get; }

    /// <summary>PostgreSQL's error code (https://www.postgresql.org/docs/current/errcodes-appendix.html), or null.</summary>
    public string? SqlState { get; }

    /// <summary>The topics that a host may have a command for: the error id, or the checks of a preflight that found errors.</summary>
    public IReadOnlyList<string> Topics { get => field ?? [ErrorId]; init; }

    /// <summary>The setting, run or chunk that the error concerns, or null.</summary>
    public string? Subject { get; init; }
}
