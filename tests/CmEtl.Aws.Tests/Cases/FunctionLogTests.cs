using CmEtl.Aws.Executions;
using CmEtl.AwsBench;

namespace CmEtl.Aws.Tests;

/// <summary>The requests for the log, the conversion of its lines, and the address of the console.</summary>
public sealed class FunctionLogTests
{
    [Theory]
    [InlineData(new[] { 3, 5, 3 }, """{ ($.run_id = "night-1") && (($.chunk_id = 3) || ($.chunk_id = 5)) }""")]
    [InlineData(new int[0], """{ ($.run_id = "night-1") && (($.level = "WARN") || ($.level = "ERROR") || ($.level = "FATAL")) }""")]
    public void The_failed_chunks_are_asked_for_or_else_the_errors(int[] chunks, string pattern) =>
        Assert.Equal(pattern, FunctionLog.Pattern("night-1", [.. chunks.Select(Failed)]));

    [Fact]
    public void A_pattern_is_never_longer_than_the_service_takes()
    {
        var pattern = FunctionLog.Pattern(new string('a', 80), [.. Enumerable.Range(100_000_000, 100).Select(Failed)]);

        Assert.InRange(pattern.Length, 1, 1024);
    }

    [Theory]
    [InlineData("""{"level":"ERROR","chunk_id":3,"requestId":"r","message":"m"}""", "12:00:00.500Z ERROR chunk 3: m")]
    [InlineData("""{"message":"m"}""", "12:00:00.500Z : m")]
    [InlineData("""{"_aws":{},"ChunksDone":1}""", null)]
    [InlineData("REPORT RequestId: 1 Duration: 2 ms", null)]
    [InlineData("""["message"]""", null)]
    public void Lines_of_the_function_are_read_and_others_passed_over(string text, string? line) =>
        Assert.Equal(line,
            LogLine.Read(new DateTimeOffset(2026, 1, 31, 12, 0, 0, 500, TimeSpan.Zero).ToUnixTimeMilliseconds(), text)?.ToString());

    [Theory]
    [InlineData("aws", "eu-west-1", "https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1#")]
    [InlineData("aws-us-gov", "us-gov-west-1", "https://us-gov-west-1.console.amazonaws-us-gov.com/states/home?region=us-gov-west-1#")]
    [InlineData("aws-cn", "cn-north-1", "https://cn-north-1.console.amazonaws.cn/states/home?region=cn-north-1#")]
    [InlineData("aws-iso", "us-iso-east-1", "")]
    public void Each_partition_has_its_console(string partition, string region, string start)
    {
        var execution = new EtlExecution
        {
            ExecutionArn = $"arn:{partition}:states:{region}:123456789012:execution:cm-etl:night-1", StateMachineArn = "", Name = "night-1", State = ExecutionState.Running,
        };

        Assert.Equal(start.Length > 0 ? $"{start}/v2/executions/details/{execution.ExecutionArn}" : "", execution.ConsoleUrl);
    }

    [Fact]
    public async Task A_group_that_does_not_exist_is_an_error_of_the_service()
    {
        using var bench = new LogsBench("other", () => []);
        using var logs = Bench.NewLogs(bench.Url);

        var error = await Assert.ThrowsAsync<Amazon.Runtime.AmazonServiceException>(
            () => logs.FilterLogEventsAsync(new() { LogGroupName = "/aws/lambda/cm-etl" }));
        Assert.Equal("ResourceNotFoundException", error.ErrorCode);
    }

    private static FailedState Failed(int chunk) => new("ProcessSingleChunk", chunk, "CmEtl.Permanent", "", DateTimeOffset.UnixEpoch);
}
