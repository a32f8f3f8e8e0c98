using Amazon.Lambda;
using CmEtl.Engine;
using CmEtl.Lambda;

namespace CmEtl.Aws.Lambda;

/// <summary>Runs the preflight in the deployed function, with its own role and from its own network.</summary>
public sealed class RemoteCheck(IAmazonLambda lambda)
{
    private const string Check = "Function";

    // The error becomes a finding and is not thrown.
    private const string Failed = "RemoteCheckFailed";

    private const string Publish = "Publish the current package: Publish-CmLambda.";

    /// <summary>Checks the configuration of the function, then calls its own check. Changes nothing.</summary>
    /// <param name="functionName">Name or ARN, with or without a version or an alias.</param>
    /// <param name="cancel">Cancels the wait, not the function.</param>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">The function does not exist, or the caller may not invoke it.</exception>
    public async Task<IReadOnlyList<Finding>> RunAsync(string functionName, CancellationToken cancel)
    {
        var findings = new List<Finding>();
        var found = await lambda.GetFunctionAsync(new() { FunctionName = functionName }, cancel);
        var now = found.Configuration;
        findings.Add(new(
            FindingSeverity.Information, Check,
            $"{functionName}, version {now.Version}: {now.Architectures?.FirstOrDefault() ?? "x86_64"}, {now.MemorySize} MiB, timeout {now.Timeout} s, "
            + (now.VpcConfig?.SubnetIds is { Count: > 0 } subnets ? $"{subnets.Count} subnets." : "not in a VPC."), ""));
        if (found.Concurrency?.ReservedConcurrentExecutions == 0)
        {
            findings.Add(new(
                FindingSeverity.Error, Check, $"{functionName} cannot be invoked: its reserved concurrency is 0.",
                "Remove the reservation with Publish-CmLambda -ReservedConcurrency -1, or reserve one invocation for each chunk processed at the same time."));
            return findings;
        }

        findings.AddRange(await AskAsync(functionName, cancel));
        return findings;
    }

    private async Task<IReadOnlyList<Finding>> AskAsync(string functionName, CancellationToken cancel)
    {
        try
        {
            var (body, status) = await RemoteFunction.CallAsync(
                lambda, functionName, new { action = "check_config" }, Failed, "", cancel);
            return CheckReply.Read(body)?.Findings
                ?? [new(FindingSeverity.Error, Check, $"{functionName} replied with {body.Length} bytes and HTTP status {status}, which are not findings.", Publish)];
        }
        catch (CmEtlException error) when (error.ErrorId == Failed)
        {
            // An error of the function is a finding. A function that is older than this module does not know the action.
            var old = error.Message.Contains("Event field action", StringComparison.Ordinal);
            return
            [
                new(FindingSeverity.Error, Check, old ? $"{functionName} is older than this module and cannot check itself." : error.Message,
                    old ? Publish : "Correct the function's environment with Publish-CmLambda -Environment, or check its log."),
            ];
        }
    }
}
