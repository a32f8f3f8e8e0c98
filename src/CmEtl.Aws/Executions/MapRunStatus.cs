using System.Globalization;

namespace CmEtl.Aws.Executions;

/// <summary>
/// A Distributed Map under way or ended: https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html.
/// </summary>
/// <param name="MapRunArn">Its ARN.</param>
/// <param name="Status">RUNNING, SUCCEEDED, FAILED or ABORTED.</param>
/// <param name="Items">Chunks in the manifest.</param>
/// <param name="ItemsSucceeded">Chunks whose batch has ended; whether a chunk is done is for the ledger to say.</param>
/// <param name="ItemsFailed">Chunks whose batch has failed as a whole.</param>
/// <param name="Batches">Child executions.</param>
/// <param name="BatchesRunning">Child executions under way.</param>
public sealed record MapRunStatus(
    string MapRunArn, string Status, long Items, long ItemsSucceeded, long ItemsFailed, long Batches, long BatchesRunning)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Status}, {ItemsSucceeded:N0} of {Items:N0} chunks");
}
