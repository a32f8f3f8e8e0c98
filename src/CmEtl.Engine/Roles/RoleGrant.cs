namespace CmEtl.Engine;

/// <summary>One part of a role's rights: what was granted, or who has to grant it.</summary>
/// <param name="Role">What the role is for.</param>
/// <param name="To">The role that gets the rights.</param>
/// <param name="On">What they concern, such as <c>schema conflict</c>.</param>
/// <param name="Granted">Whether they were granted now. Granting again does no harm.</param>
/// <param name="Owner">The role that can grant them; several where parts of a schema have different owners. Empty where nothing is there
/// yet.</param>
/// <param name="Remedy">What to do about a part that was not granted; empty for one that was.</param>
public sealed record RoleGrant(EtlRole Role, string To, string On, bool Granted, string Owner, string Remedy);
