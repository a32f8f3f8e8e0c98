using Npgsql;

namespace CmEtl.Sandbox.Tests;

internal static class Db
{
    public static async Task<NpgsqlConnection> OpenAsync(PostgresSandbox sandbox, string? password = null)
    {
        var connection = new NpgsqlConnection(
            $"Host={sandbox.Host};Port={sandbox.Port};Database={sandbox.Database};" +
            $"Username={sandbox.User};Password={password ?? sandbox.Password};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public static async Task<T> ScalarAsync<T>(PostgresSandbox sandbox, string sql)
    {
        await using var connection = await OpenAsync(sandbox);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
