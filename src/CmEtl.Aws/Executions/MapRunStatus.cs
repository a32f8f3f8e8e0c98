using System.Globalization;

namespace CmEtl.Aws.Executions;

/// <summary>
/// A Distributed Map that is running or has ended: https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html.
/// </summary>
/// <param name="MapRunArn">ARN of the Map Run.</param>
/// <param name="Status">RUNNING, SUCCEEDED, FAILED or ABORTED.</param>
/// <param name="Items">Number of chunks in the manifest.</param>
/// <param name="ItemsSucceeded">Number of chunks whose batch has ended. Only the ledger knows whether a chunk is done.</param>
/// <param name="ItemsFailed">Number of chunks whose batch failed as a whole.</param>
/// <param name="Batches">Number of child executions.</param>
/// <param name="BatchesRunning">Number of running child executions.</param>
public sealed record MapRunStatus(
    string MapRunArn, string Status, long Items, long ItemsSucceeded, long ItemsFailed, long Batches, long BatchesRunning)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Status}, {ItemsSucceeded:N0} of {Items:N0} chunks");
}
