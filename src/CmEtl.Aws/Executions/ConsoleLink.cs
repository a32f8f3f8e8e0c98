using Amazon;

namespace CmEtl.Aws.Executions;

/// <summary>The page of an execution in the AWS console. Each partition has its own console.</summary>
internal static class ConsoleLink
{
    /// <summary>The address. Empty for a partition whose console is unknown.</summary>
    public static string To(string executionArn)
    {
        if (!Arn.TryParse(executionArn, out var arn))
        {
            return "";
        }

        // https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/getting-started-sign-in.html,
        // https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-arns.html;
        // the command line of Elastic Beanstalk (ebcli) links to the same hosts. Looked up on 2026-11-29.
        var host = arn.Partition switch
        {
            "aws" => $"{arn.Region}.console.aws.amazon.com",
            "aws-us-gov" => $"{arn.Region}.console.amazonaws-us-gov.com",
            "aws-cn" => $"{arn.Region}.console.amazonaws.cn",
            _ => null,
        };
        return host is null ? "" : $"https://{host}/states/home?region={arn.Region}#/v2/executions/details/{executionArn}";
    }
}
