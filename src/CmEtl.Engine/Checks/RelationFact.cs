namespace CmEtl.Engine;

/// <summary>An unusual property of a relation, found by <c>sql/checks/relations.sql</c>.</summary>
/// <param name="Relation">Schema and name, quoted if necessary.</param>
/// <param name="Kind">The property, such as <c>row security</c>.</param>
/// <param name="Object">The trigger, rule, column, constraint or kind concerned; quoted.</param>
/// <param name="Remedy">The statement that removes the property, or an empty text.</param>
internal sealed record RelationFact(string Relation, string Kind, string Object, string Remedy);
