namespace CmEtl.Engine;

/// <summary>One (VisitDate, SSN) key and how many rows it has; '' stands for rows without an SSN. Never logged.</summary>
internal readonly record struct PlanKey(DateOnly VisitDate, string Ssn, long Rows);
