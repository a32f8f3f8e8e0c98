using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CmEtl.AwsBench;

/// <summary>The paths of Lambda's REST API: https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html.</summary>
internal sealed class LambdaApi(LambdaAccount account, FunctionOperations functions, Func<FunctionName, byte[], Task<InvokeResult>> invoke)
{
    private readonly Lock _gate = new();

    public async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var body = await LoopbackListener.ReadAsync(context);
            if (account.Verifier?.Refuse(context.Request, body) is { } refusal)
            {
                throw new ServiceFault(refusal, "The request signature we calculated does not match the signature you provided.", 403);
            }

            var path = context.Request.RawUrl!.Split('?')[0].Split('/').Select(Uri.UnescapeDataString).ToArray();
            if (path is not ["", "2015-03-31" or "2017-10-31" or "2017-03-31", "functions" or "tags", .. var rest])
            {
                throw Unknown(context.Request);
            }

            if (path is ["", "2017-03-31", "tags", _])
            {
                rest = [path[3], "tags"];
            }

            if (rest is [var invoked, "invocations"] && context.Request.HttpMethod == "POST")
            {
                await InvokeAsync(context, Named(context.Request, invoked), body);
                return;
            }

            var (status, answer) = Dispatch(context.Request, rest, body.Length == 0 ? [] : JsonNode.Parse(body)!.AsObject());
            await LoopbackListener.AnswerAsync(context, status, status == 204 ? [] : JsonSerializer.SerializeToUtf8Bytes(answer));
        }
        catch (ServiceFault fault)
        {
            await RefuseAsync(context, fault);
        }
        catch (Exception error) when (error is JsonException or FormatException or NullReferenceException)
        {
            await RefuseAsync(context, new("InvalidRequestContentException", $"Could not parse request body into json: {error.Message}"));
        }
    }

    private (int Status, JsonObject Answer) Dispatch(HttpListenerRequest call, string[] path, JsonObject request)
    {
        lock (_gate)
        {
            return (call.HttpMethod, path) switch
            {
                ("POST", []) => (201, functions.Create(request)),
                ("DELETE", [var name]) => (204, functions.Delete(Named(call, name))),
                ("GET", [var name, "versions"]) => (200, functions.ListVersions(Named(call, name))),
                ("GET", [var name, "aliases"]) => (200, functions.ListAliases(Named(call, name))),
                ("PUT", [var name, "concurrency"]) => (200, functions.Reserve(Named(call, name), (int)request["ReservedConcurrentExecutions"]!)),
                ("DELETE", [var name, "concurrency"]) => (204, functions.Reserve(Named(call, name), null)),
                ("POST", [var name, "tags"]) => (204, functions.Tag(Named(call, name), request)),
                ("DELETE", [var name, "tags"]) => (204, functions.Untag(Named(call, name), call.QueryString.GetValues("tagKeys") ?? [])),
                ("GET", [var name]) => (200, functions.Get(Named(call, name))),
                ("PUT", [var name, "code"]) => (200, functions.UpdateCode(Named(call, name), request)),
                ("PUT", [var name, "configuration"]) => (200, functions.UpdateConfiguration(Named(call, name), request)),
                ("POST", [var name, "versions"]) => (201, functions.Publish(Named(call, name), request)),
                ("POST", [var name, "aliases"]) => (201, functions.CreateAlias(Named(call, name), request)),
                ("GET", [var name, "aliases", var alias]) => (200, functions.GetAlias(Named(call, name), alias)),
                ("PUT", [var name, "aliases", var alias]) => (200, functions.UpdateAlias(Named(call, name), alias, request)),
                _ => throw Unknown(call),
            };
        }
    }

    private async Task InvokeAsync(HttpListenerContext context, FunctionName name, byte[] payload)
    {
        if (context.Request.Headers["X-Amz-Invocation-Type"] is not (null or "RequestResponse"))
        {
            throw new ServiceFault("InvalidParameterValueException", "Only RequestResponse is offered here.");
        }

        var result = await invoke(name, payload);
        context.Response.Headers["X-Amz-Executed-Version"] = result.Version;
        if (result.FunctionError is { } error)
        {
            context.Response.Headers["X-Amz-Function-Error"] = error;
        }

        if (result.StatusCode == 429)
        {
            context.Response.Headers["X-Amzn-ErrorType"] = "TooManyRequestsException";
        }

        await LoopbackListener.AnswerAsync(context, result.StatusCode, result.Payload);
    }

    private FunctionName Named(HttpListenerRequest request, string name) => FunctionName.Parse(name, account, request.QueryString["Qualifier"]);

    private static ServiceFault Unknown(HttpListenerRequest request) =>
        new("UnknownOperationException", $"There is no {request.HttpMethod} {request.Url!.AbsolutePath} here.", 404);

    private static Task RefuseAsync(HttpListenerContext context, ServiceFault fault)
    {
        context.Response.Headers["X-Amzn-ErrorType"] = fault.Code;
        var message = new JsonObject { ["Type"] = "User", ["Message"] = fault.Message };
        return LoopbackListener.AnswerAsync(context, fault.Status, JsonSerializer.SerializeToUtf8Bytes(message));
    }
}
