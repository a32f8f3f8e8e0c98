namespace CmEtl.Aws.StepFunctions;

/// <summary>Asks for a map run.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html</remarks>
public sealed record DescribeMapRunRequest
{
    /// <summary>The map run.</summary>
    public required string MapRunArn { get; init; }
}
