using Amazon.Runtime;

namespace CmEtl.Aws.Lambda;

/// <summary>
/// A function takes changes only when the last one is finished, and is not callable before it is active:
/// https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html.
/// </summary>
public static class LambdaWaiter
{
    /// <summary>Waits until a function is active and its last update has ended well.</summary>
    /// <exception cref="AmazonClientException">It failed, with Lambda's reason.</exception>
    /// <exception cref="TimeoutException">It is not ready in time.</exception>
    public static async Task<FunctionConfiguration> WaitUntilReadyAsync(
        this ILambda lambda, string functionName, TimeSpan limit, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(lambda);
        var end = DateTimeOffset.UtcNow + limit;
        for (var wait = 200; ; wait = Math.Min(wait * 2, 2000))
        {
            var now = (await lambda.GetFunctionAsync(new GetFunctionRequest { FunctionName = functionName }, cancel)).Configuration
                ?? throw new AmazonClientException($"GetFunction told nothing about {functionName}.");
            if (now.State is "Failed" || now.LastUpdateStatus is "Failed")
            {
                throw new AmazonClientException(
                    $"Function {functionName} failed: {now.StateReason ?? now.LastUpdateStatusReason ?? "no reason given"}");
            }

            // An Inactive function is one that nobody called for weeks; the next call wakes it.
            if (now.State is null or "Active" or "Inactive" && now.LastUpdateStatus is null or "Successful")
            {
                return now;
            }

            if (DateTimeOffset.UtcNow > end)
            {
                throw new TimeoutException(
                    $"Function {functionName} is {now.State}, its update {now.LastUpdateStatus}, after {limit.TotalSeconds:0} s.");
            }

            await Task.Delay(wait, cancel);
        }
    }
}
