namespace CmEtl.Engine;

/// <summary>A part of a role's rights that one owner can grant.</summary>
/// <param name="Name">Name of the part in <c>sql/checks/grantors.sql</c>.</param>
/// <param name="On">The object of the rights.</param>
/// <param name="Sql">The statements.</param>
/// <param name="Owner">The role or roles that can grant them; empty when the object does not exist.</param>
/// <param name="May">Whether the connected role can grant them.</param>
/// <param name="Optional">For optional rights, what does not work without them; null for the others.</param>
internal sealed record RolePart(string Name, string On, string Sql, string Owner, bool May, string? Optional)
{
    public string Remedy(EtlRole role, string to)
    {
        var grant = $"grant {role} rights to {to}";
        return this switch
        {
            { May: true } => "",
            { Owner: "" } when Name == "ledger" => $"Create the ledger, then as its owner: {grant}",
            { Owner: "" } => "Create the schema and its tables first.",
            { Optional: { } loss } => $"As {Owner}: {grant}. {loss}",
            _ => $"As {Owner}: {grant}",
        };
    }
}
