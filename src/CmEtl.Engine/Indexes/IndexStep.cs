namespace CmEtl.Engine;

/// <summary>One statement for creating a recommended index that is missing or unusable.</summary>
/// <param name="Index">Name of the index. For a partition, the name of the index of the whole table.</param>
/// <param name="Statement">SQL.</param>
/// <param name="Relation">The table or partition, quoted if necessary.</param>
/// <param name="Owner">The role that owns the relation.</param>
/// <param name="Owned">Whether the connected role is the owner or a member of it.</param>
/// <param name="MayCreate">Whether the connected role may create objects in the schema of the relation.</param>
/// <param name="Broken">Whether an index of that name exists but is unusable: its build was interrupted, or its definition differs.</param>
internal sealed record IndexStep(string Index, string Statement, string Relation, string Owner, bool Owned, bool MayCreate, bool Broken)
{
    public bool Allowed => Owned && MayCreate;
}
