using System.Net.Sockets;
using Npgsql;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>
/// The table of errors: the action of a worker, the message for a caller, and that the server's own text is not passed on.
/// </summary>
public sealed class ErrorClassifierTests
{
    [Theory]
    [InlineData("57014", "Split", "Transient")]
    [InlineData("40001", "Retry", "Transient")]
    [InlineData("40P01", "Retry", "Transient")]
    [InlineData("55P03", "Retry", "Transient")]
    [InlineData("25P03", "Retry", "Transient")]
    [InlineData("57P01", "Await", "Transient")]
    [InlineData("57P03", "Await", "Transient")]
    [InlineData("53300", "Await", "Transient")]
    [InlineData("08007", "RetryAfterLedgerCheck", "Transient")]
    [InlineData("08006", "RetryAfterLedgerCheck", "Transient")]
    [InlineData("53100", "Pause", "Transient")]
    [InlineData("53200", "Pause", "Transient")]
    [InlineData("58030", "Pause", "Transient")]
    [InlineData("28P01", "Fail", "Configuration")]
    [InlineData("3D000", "Fail", "Configuration")]
    [InlineData("42501", "Fail", "Configuration")]
    [InlineData("42P01", "AwaitTable", "Configuration")]
    [InlineData("42703", "AwaitTable", "Configuration")]
    [InlineData("23505", "Isolate", "Permanent")]
    [InlineData("22001", "Isolate", "Permanent")]
    [InlineData("25006", "Await", "Transient")]
    [InlineData("25P04", "Split", "Transient")]
    [InlineData("57P05", "Retry", "Transient")]
    [InlineData("57P04", "Fail", "Configuration")]
    [InlineData("40003", "RetryAfterLedgerCheck", "Transient")]
    [InlineData("08P01", "RetryAfterLedgerCheck", "Transient")]
    [InlineData("53400", "Split", "Transient")]
    [InlineData("55006", "Retry", "Transient")]
    [InlineData("55000", "Fail", "Configuration")]
    [InlineData("26000", "Retry", "Transient")]
    [InlineData("42P05", "Retry", "Transient")]
    [InlineData("0A000", "Retry", "Transient")]
    [InlineData("72000", "Retry", "Transient")]
    [InlineData("P0001", "Fail", "Permanent")]
    [InlineData("XX000", "Retry", "Transient")]
    [InlineData("XX001", "Fail", "Permanent")]
    [InlineData("XX002", "Fail", "Permanent")]
    [InlineData("22999", "Isolate", "Permanent")]
    [InlineData("99999", "Fail", "Permanent")]
    public void A_server_error_is_classified_by_its_SqlState(string sqlState, string action, string kind)
    {
        var error = new PostgresException("value 000-00-0001 is bad", "ERROR", "ERROR", sqlState);
        Assert.Equal((action, sqlState), (ErrorClassifier.Classify(error).Action.ToString(), ErrorClassifier.Classify(error).SqlState));
        var wrapped = ErrorClassifier.Wrap(error, "Chunk 5");
        Assert.Equal((kind, "Postgres" + sqlState, sqlState), (wrapped.Kind.ToString(), wrapped.ErrorId, wrapped.SqlState));
        Assert.StartsWith("Chunk 5: ", wrapped.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("000-00-0001", wrapped + wrapped.Remedy, StringComparison.Ordinal);
        Assert.Null(wrapped.InnerException);
    }

    [Fact]
    public void A_lost_connection_means_that_the_ledger_is_asked()
    {
        Exception[] errors = [new NpgsqlException("x"), new SocketException(), new IOException("x"), new TimeoutException("x")];
        Assert.All(errors, e => Assert.Equal((ErrorAction.RetryAfterLedgerCheck, "08006"), ErrorClassifier.Classify(e)));
        Assert.All(errors, e => Assert.Equal(ErrorKind.Transient, ErrorClassifier.Wrap(e, "here").Kind));
    }

    [Fact]
    public void Our_own_errors_pass_unchanged_and_the_unexpected_is_named_by_type_only()
    {
        var ours = new CmEtlException(ErrorKind.Busy, "ChunkFenced", "fenced", "wait");
        Assert.Same(ours, ErrorClassifier.Wrap(ours, "here"));
        Assert.Equal("here: unexpected InvalidOperationException.", ErrorClassifier.Wrap(new InvalidOperationException("secret"), "here").Message);
    }
}
