namespace CmEtl.Engine;

/// <summary>A (VisitDate, SSN) key and its number of rows. '' stands for rows without an SSN. Never logged.</summary>
internal readonly record struct PlanKey(DateOnly VisitDate, string Ssn, long Rows);
