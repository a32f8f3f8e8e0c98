namespace CmEtl.Engine.Tests.Engine;

/// <summary>The rows of a chunk, defined again and independently of the engine's statements.</summary>
public static class ChunkRange
{
    /// <summary>A condition on a pair c and a chunk k.</summary>
    public const string Holds =
        """
        c."CONFLICTID" IS NOT NULL
        AND (c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") >= (k.from_date, k.from_ssn, k.from_id)
        AND (c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") < (k.to_date, k.to_ssn, k.to_id)
        """;
}
