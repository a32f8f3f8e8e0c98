using System.Text.Json.Nodes;
using CmEtl.AwsBench.StepFunctions;

namespace CmEtl.AwsBench;

/// <summary>The AWS SDK for JavaScript, as an independent implementation of the same requests.</summary>
public static class ForeignClient
{
    /// <summary>Sends every call in order to an endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="calls">Service (sfn, lambda), operation, and input as JSON; <c>{"$bytes": base64}</c> is a blob.</param>
    public static async Task SendAsync(Uri endpoint, IEnumerable<(string Service, string Operation, string Input)> calls)
    {
        var start = Node.Command("node", Path.Combine(await NodePackages.FolderAsync(), "wire.mjs"));
        start.RedirectStandardInput = start.RedirectStandardError = true;
        using var node = System.Diagnostics.Process.Start(start)!;
        var input = new JsonObject
        {
            ["endpoint"] = endpoint.ToString(),
            ["calls"] = new JsonArray([.. calls.Select(c => new JsonObject
            {
                ["service"] = c.Service, ["operation"] = c.Operation, ["input"] = JsonNode.Parse(c.Input),
            })]),
        };
        await node.StandardInput.WriteAsync(input.ToJsonString());
        node.StandardInput.Close();
        var errors = await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        if (node.ExitCode != 0)
        {
            throw new InvalidOperationException($"The foreign client failed: {errors}");
        }
    }
}
