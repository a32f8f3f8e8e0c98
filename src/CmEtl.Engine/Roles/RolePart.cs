namespace CmEtl.Engine;

/// <summary>A part of a role's rights, which one owner can grant.</summary>
/// <param name="Name">The part's name in <c>sql/checks/grantors.sql</c>.</param>
/// <param name="On">What the rights concern.</param>
/// <param name="Sql">The statements.</param>
/// <param name="Owner">The role that can grant them, or several; empty where what they concern is not there.</param>
/// <param name="May">Whether the connected role can.</param>
/// <param name="Optional">What is missing without them, for rights that a run can do without; null for the others.</param>
internal sealed record RolePart(string Name, string On, string Sql, string Owner, bool May, string? Optional)
{
    public string Remedy(EtlRole role, string to)
    {
        var command = $"Grant-CmEtlRole -Role {role} -To {to}";
        return this switch
        {
            { May: true } => "",
            { Owner: "" } when Name == "ledger" => $"Create the ledger with Initialize-CmEtlDatabase, then as its owner: {command}",
            { Owner: "" } => "Create the schema and its tables first.",
            { Optional: { } loss } => $"As {Owner}: {command}. {loss}",
            _ => $"As {Owner}: {command}",
        };
    }
}
