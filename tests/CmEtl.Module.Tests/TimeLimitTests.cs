using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>The error of a timeout says which limit it was, its value, and how to raise it.</summary>
[Collection(ModuleServer.Name)]
public sealed class TimeLimitTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public void A_server_that_does_not_answer()
    {
        using var silent = new SilentServer();

        sandbox.Shell.Run($"Get-CmEtlStatus -HostName 127.0.0.1 -Port {silent.Port} {SandboxSql.Nobody} -ConnectTimeoutSeconds 1");

        AssertLimit("ConnectTimeout,", ErrorCategory.OperationTimeout, "connect_timeout_seconds", "-ConnectTimeoutSeconds", "after 1 s");
    }

    [Fact]
    public void A_lock_that_is_not_given()
    {
        using var holder = sandbox.Sql.Hold("LOCK TABLE cm_etl.run");

        sandbox.Shell.Run("Get-CmEtlStatus -LockTimeoutSeconds 1");

        AssertLimit("Postgres55P03,", ErrorCategory.OperationTimeout, "lock_timeout_seconds, now 1", "-LockTimeoutSeconds");
    }

    [Fact]
    public void A_statement_that_takes_too_long()
    {
        using var holder = sandbox.Sql.Hold("LOCK TABLE cm_etl.run");

        sandbox.Shell.Run("Get-CmEtlStatus -ChunkTimeoutSeconds 1 -LockTimeoutSeconds 60");

        AssertLimit("Postgres57014,", ErrorCategory.OperationTimeout, "chunk_timeout_seconds, now 1", "task_timeout_seconds, now 7200", "-ChunkTimeoutSeconds", "-TaskTimeoutSeconds");
    }

    [Fact]
    public void A_limit_out_of_range_is_named()
    {
        sandbox.Shell.Run("Get-CmEtlStatus -ConnectTimeoutSeconds 0");

        Assert.StartsWith("InvalidSettings,", sandbox.Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("connect_timeout_seconds = '0' (parameter): must be a whole number from 1 to 300", sandbox.Shell.Error.ToString(), StringComparison.Ordinal);
    }

    private void AssertLimit(string id, ErrorCategory category, params string[] words)
    {
        Assert.StartsWith(id, sandbox.Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(category, sandbox.Shell.Error.CategoryInfo.Category);
        Assert.All(words, w => Assert.Contains(w, sandbox.Shell.Error.ToString(), StringComparison.Ordinal));
    }
}
