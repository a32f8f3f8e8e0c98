namespace CmEtl.Engine;

/// <summary>One statement towards a recommended index that is missing or not usable.</summary>
/// <param name="Index">Name of the index; the one of the whole table where the statement concerns a partition.</param>
/// <param name="Statement">SQL.</param>
/// <param name="Relation">The table or partition, quoted where it has to be.</param>
/// <param name="Owner">The role that owns it.</param>
/// <param name="Owned">Whether the connected role is the owner or a member of it.</param>
/// <param name="MayCreate">Whether the connected role may create objects in its schema.</param>
/// <param name="Broken">Whether there is an index of that name that does not serve: its build was interrupted, or it is another
/// one.</param>
internal sealed record IndexStep(string Index, string Statement, string Relation, string Owner, bool Owned, bool MayCreate, bool Broken)
{
    public bool Allowed => Owned && MayCreate;
}
