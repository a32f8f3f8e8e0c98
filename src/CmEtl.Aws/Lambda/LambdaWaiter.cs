using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using CmEtl.Engine;

namespace CmEtl.Aws.Lambda;

/// <summary>
/// Waits for a function. It accepts a change only after the previous one is finished, and can be called only when it is active:
/// https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html.
/// </summary>
public static class LambdaWaiter
{
    private const int FirstPause = 200;
    private const int LongestPause = 2000;

    /// <summary>Waits until a function is active and its last update has succeeded.</summary>
    /// <exception cref="AmazonClientException">The function failed. The message has Lambda's reason.</exception>
    /// <exception cref="CmEtlException">The function is in a state that Lambda does not document.</exception>
    /// <exception cref="TimeoutException">The function is not ready in time.</exception>
    public static async Task<GetFunctionResponse> WaitUntilReadyAsync(
        this IAmazonLambda lambda, string functionName, TimeSpan limit, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(lambda);
        var end = DateTimeOffset.UtcNow + limit;
        for (var wait = FirstPause; ; wait = Math.Min(wait * 2, LongestPause))
        {
            var found = await lambda.GetFunctionAsync(new() { FunctionName = functionName }, cancel);
            var (now, state, update) = (found.Configuration, found.Configuration.State?.Value, found.Configuration.LastUpdateStatus?.Value);
            switch (state, update)
            {
                case ("Failed", _) or (_, "Failed"):
                    throw new AmazonClientException(
                        $"Function {functionName} failed: {now.StateReason ?? now.LastUpdateStatusReason ?? "Lambda gave no reason"}");

                // An inactive function was not called for weeks. The next call activates it.
                case (null or "Active" or "Inactive", null or "Successful"):
                    return found;

                case (null or "Active" or "Inactive" or "Pending", null or "Successful" or "InProgress"):
                    break;

                default:
                    throw new CmEtlException(
                        ErrorKind.Permanent, ErrorIds.UnexpectedReply,
                        $"The answer to GetFunction has an unknown state of {functionName}: {PlainText.Printable(state ?? "")}, {PlainText.Printable(update ?? "")}.",
                        "Update the module, or check the function in the AWS console.") { Subject = functionName };
            }

            if (DateTimeOffset.UtcNow > end)
            {
                throw new TimeoutException($"Function {functionName} is {state}, its update {update}, after {limit.TotalSeconds:0} s.");
            }

            await Task.Delay(wait, cancel);
        }
    }
}
