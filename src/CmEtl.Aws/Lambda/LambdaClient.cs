using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CmEtl.Aws.Lambda;

/// <summary>Lambda over REST JSON: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html.</summary>
public sealed class LambdaClient : ServiceClient, ILambda
{
    private const string Functions = "/2015-03-31/functions";
    private const string Function = Functions + "/{FunctionName}";

    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new EpochSecondsConverter() },
    };

    /// <param name="config">From <see cref="NewConfig"/>; null takes region and endpoint from the environment and the profile.</param>
    /// <param name="credentials">Null looks them up as every AWS tool does.</param>
    public LambdaClient(ServiceConfig? config = null, AWSCredentials? credentials = null)
        : base(config ?? NewConfig(), credentials)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata { get; } = new ServiceMetadata("Lambda");

    /// <inheritdoc/>
    protected override JsonSerializerOptions Json => Options;

    /// <summary>A config for this service: as patient as a function may be slow.</summary>
    public static ServiceConfig NewConfig() => new("Lambda", "lambda", "2015-03-31") { Timeout = TimeSpan.FromSeconds(960) };

    /// <inheritdoc/>
    public async Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var call = new ServiceRequest("Invoke", "POST", Function + "/invocations", Encoding.UTF8.GetBytes(request.Payload ?? "null"))
        {
            PathValues = { ["FunctionName"] = request.FunctionName },
            Headers = { ["X-Amz-Invocation-Type"] = request.InvocationType ?? "RequestResponse" },
        };
        Add(call.Query, "Qualifier", request.Qualifier);
        Add(call.Headers, "X-Amz-Log-Type", request.LogType);
        var reply = await SendAsync(call, cancel);
        return new InvokeResponse
        {
            StatusCode = (int)reply.HttpStatusCode,
            FunctionError = reply.Headers.GetValueOrDefault("X-Amz-Function-Error"),
            LogResult = reply.Headers.GetValueOrDefault("X-Amz-Log-Result"),
            ExecutedVersion = reply.Headers.GetValueOrDefault("X-Amz-Executed-Version"),
            Payload = reply.Body.Length == 0 ? null : Encoding.UTF8.GetString(reply.Body),
        };
    }

    /// <inheritdoc/>
    public Task<GetFunctionResponse> GetFunctionAsync(GetFunctionRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var call = Request("GetFunction", "GET", Function, request.FunctionName, null);
        Add(call.Query, "Qualifier", request.Qualifier);
        return SendAsync<GetFunctionResponse>(call, cancel);
    }

    /// <inheritdoc/>
    public Task<FunctionConfiguration> CreateFunctionAsync(CreateFunctionRequest request, CancellationToken cancel) =>
        SendAsync<FunctionConfiguration>(new ServiceRequest("CreateFunction", "POST", Functions, ToBody(request)), cancel);

    /// <inheritdoc/>
    public Task<FunctionConfiguration> UpdateFunctionCodeAsync(UpdateFunctionCodeRequest request, CancellationToken cancel) =>
        SendAsync<FunctionConfiguration>(Request("UpdateFunctionCode", "PUT", Function + "/code", request?.FunctionName, request), cancel);

    /// <inheritdoc/>
    public Task<FunctionConfiguration> UpdateFunctionConfigurationAsync(UpdateFunctionConfigurationRequest request, CancellationToken cancel) =>
        SendAsync<FunctionConfiguration>(
            Request("UpdateFunctionConfiguration", "PUT", Function + "/configuration", request?.FunctionName, request), cancel);

    /// <inheritdoc/>
    public Task<FunctionConfiguration> PublishVersionAsync(PublishVersionRequest request, CancellationToken cancel) =>
        SendAsync<FunctionConfiguration>(Request("PublishVersion", "POST", Function + "/versions", request?.FunctionName, request), cancel);

    /// <inheritdoc/>
    public Task<AliasConfiguration> GetAliasAsync(GetAliasRequest request, CancellationToken cancel) =>
        SendAsync<AliasConfiguration>(Alias("GetAlias", "GET", request?.FunctionName, request?.Name, null), cancel);

    /// <inheritdoc/>
    public Task<AliasConfiguration> CreateAliasAsync(CreateAliasRequest request, CancellationToken cancel) =>
        SendAsync<AliasConfiguration>(Request("CreateAlias", "POST", Function + "/aliases", request?.FunctionName, request), cancel);

    /// <inheritdoc/>
    public Task<AliasConfiguration> UpdateAliasAsync(UpdateAliasRequest request, CancellationToken cancel) =>
        SendAsync<AliasConfiguration>(Alias("UpdateAlias", "PUT", request?.FunctionName, request?.Name, request), cancel);

    private ServiceRequest Request(string operation, string method, string path, string? function, object? body)
    {
        ArgumentException.ThrowIfNullOrEmpty(function);
        var request = new ServiceRequest(operation, method, path, body is null ? null : ToBody(body))
        {
            PathValues = { ["FunctionName"] = function },
        };
        if (body is not null)
        {
            request.Headers["Content-Type"] = "application/json";
        }

        return request;
    }

    private ServiceRequest Alias(string operation, string method, string? function, string? name, object? body)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var request = Request(operation, method, Function + "/aliases/{Name}", function, body);
        request.PathValues["Name"] = name;
        return request;
    }

    private static void Add(Dictionary<string, string> to, string name, string? value)
    {
        if (value is not null)
        {
            to[name] = value;
        }
    }
}
