namespace CmEtl.Engine;

/// <summary>One part of a role's rights: what was granted, or who has to grant it.</summary>
/// <param name="Role">The purpose of the role.</param>
/// <param name="To">The role that gets the rights.</param>
/// <param name="On">The object of the rights, such as <c>schema conflict</c>.</param>
/// <param name="Granted">Whether the rights were granted now. They can be granted repeatedly.</param>
/// <param name="Owner">The role that can grant them, or several roles when objects of a schema have different owners. Empty when the object
/// does not exist yet.</param>
/// <param name="Remedy">What to do about a part that was not granted; empty for one that was.</param>
public sealed record RoleGrant(EtlRole Role, string To, string On, bool Granted, string Owner, string Remedy);
