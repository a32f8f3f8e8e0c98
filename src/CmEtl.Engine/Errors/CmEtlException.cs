namespace CmEtl.Engine;

/// <summary>
/// The only exception that leaves the engine on purpose. It never carries the driver's exception or its text:
/// a server message can quote the failing row, and with it an SSN. SqlState and our own words are all that is kept.
/// </summary>
public sealed class CmEtlException : Exception
{
    /// <param name="kind">What the caller may do about it.</param>
    /// <param name="errorId">Stable identifier, one of <see cref="ErrorIds"/>, for scripts to test.</param>
    /// <param name="message">What happened and where.</param>
    /// <param name="remedy">What to do next, as one sentence.</param>
    /// <param name="sqlState">PostgreSQL's five-character code, when the server was the origin.</param>
    public CmEtlException(ErrorKind kind, string errorId, string message, string remedy, string? sqlState = null)
        : base(message)
    {
        Kind = kind;
        ErrorId = errorId;
        Remedy = remedy;
        SqlState = sqlState;
    }

    /// <summary>What the caller may do about it.</summary>
    public ErrorKind Kind { get; }

    /// <summary>Stable identifier, PascalCase.</summary>
    public string ErrorId { get; }

    /// <summary>What to do next.</summary>
    public string Remedy { get; }

    /// <summary>PostgreSQL's error code (https://www.postgresql.org/docs/current/errcodes-appendix.html), or null.</summary>
    public string? SqlState { get; }

    /// <summary>The setting, run or chunk the error is about, or null.</summary>
    public string? Subject { get; init; }
}
