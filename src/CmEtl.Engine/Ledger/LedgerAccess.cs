using Npgsql;

namespace CmEtl.Engine;

/// <summary>Whether a ledger exists, and what the connected role may do with it.</summary>
/// <param name="Role">The connected role.</param>
/// <param name="Database">The connected database.</param>
/// <param name="Present">Whether the ledger exists.</param>
/// <param name="Readable">Whether the role may read the ledger's list of migrations.</param>
/// <param name="OtherOwner">The roles that own its tables or views, when the connected role is a member of none of them; otherwise
/// null.</param>
/// <param name="MayCreate">Whether the role may create the schema, or tables in it.</param>
/// <param name="HasSchema">Whether the schema exists.</param>
internal sealed record LedgerAccess(string Role, string Database, bool Present, bool Readable, string? OtherOwner, bool MayCreate,
    bool HasSchema)
{
    public static async Task<LedgerAccess> ReadAsync(NpgsqlConnection connection, SqlLibrary sql, string schema,
        CancellationToken cancel) =>
        (await connection.QueryAsync(
            sql["checks/ledger"],
            r => new LedgerAccess(
                r.Get<string>("role"), r.Get<string>("database"), r.Get<bool>("present"), r.Get<bool>("readable"),
                r.IsDBNull(r.GetOrdinal("other_owner")) ? null : r.Get<string>("other_owner"), r.Get<bool>("may_create"), r.Get<bool>("has_schema")),
            cancel, ("ledger_schema", schema))).Single();

    /// <summary>Why the role cannot create or upgrade the ledger; null when it can.</summary>
    public CmEtlException? Refusal(string schema) => this switch
    {
        { OtherOwner: { } owner } => Refuse(
            schema, $"The ledger in schema {schema} belongs to {owner}, and {Role} may not change it.", $"Create or upgrade the ledger as {owner}."),
        { MayCreate: false, HasSchema: true } => Refuse(
            schema, $"Role {Role} may not create tables in schema {schema}.", "Create the ledger as the owner of the schema."),
        { MayCreate: false } => Refuse(
            schema, $"Role {Role} may not create schema {schema} in database {Database}.",
            $"As the owner of the database: GRANT CREATE ON DATABASE {SqlLibrary.Quote(Database)} TO {SqlLibrary.Quote(Role)};"),
        { Present: true, Readable: false } => Refuse(
            schema, $"Role {Role} may not read the ledger in schema {schema}.", "Upgrade the ledger as its owner."),
        _ => null,
    };

    private static CmEtlException Refuse(string schema, string message, string remedy) =>
        new(ErrorKind.Configuration, ErrorIds.LedgerNotOwned, message, remedy) { Subject = schema };
}
