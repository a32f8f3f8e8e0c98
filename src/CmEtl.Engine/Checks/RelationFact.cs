namespace CmEtl.Engine;

/// <summary>Something unusual about a relation, as <c>sql/checks/relations.sql</c> found it.</summary>
/// <param name="Relation">Schema and name, quoted where PostgreSQL needs it.</param>
/// <param name="Kind">What was found, such as <c>row security</c>.</param>
/// <param name="Object">The trigger, rule, column, constraint or kind that it is about; quoted.</param>
/// <param name="Remedy">The statement that takes it back, or an empty string.</param>
internal sealed record RelationFact(string Relation, string Kind, string Object, string Remedy);
