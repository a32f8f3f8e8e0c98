using System.Text.Json;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using CmEtl.Aws.Client;

namespace Amazon.Lambda;

/// <summary>Region, endpoint and retries of a client, as in the package AWSSDK.Lambda.</summary>
public sealed class AmazonLambdaConfig : ServiceConfig
{
    /// <summary>
    /// The maximum duration of a function plus a margin: https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html.
    /// </summary>
    public AmazonLambdaConfig()
        : base("Lambda", "lambda", "2015-03-31") => Timeout = TimeSpan.FromSeconds(960);

    internal override TimeSpan Limit(string operation) => TimeSpan.FromSeconds(operation switch
    {
        "Invoke" => 960,
        // A package has up to 50 MiB, which take some minutes on a slow connection.
        "CreateFunction" or "UpdateFunctionCode" => 600,
        _ => 45,
    });
}

#pragma warning disable CS1591 // Documented by AWS.

/// <summary>Lambda over REST JSON: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html.</summary>
public sealed class AmazonLambdaClient : ServiceClient, IAmazonLambda
{
    private static readonly JsonSerializerOptions Json = ServiceJson.Options(naming: null);

    private static readonly Dictionary<string, string> Headers = new() { ["Content-Type"] = "application/json" };

    /// <param name="clientConfig">Region and endpoint. Missing values are taken from the environment and the profile.</param>
    public AmazonLambdaClient(AmazonLambdaConfig clientConfig)
        : base(clientConfig, null)
    {
    }

    /// <param name="credentials">Credentials of the caller.</param>
    /// <param name="clientConfig">Region and endpoint. Missing values are taken from the environment and the profile.</param>
    public AmazonLambdaClient(AWSCredentials credentials, AmazonLambdaConfig clientConfig)
        : base(clientConfig, credentials)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata { get; } = new ServiceMetadata("Lambda");

    public Task<CreateAliasResponse> CreateAliasAsync(CreateAliasRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<CreateAliasResponse>("POST", "/2015-03-31/functions/{FunctionName}/aliases", request, cancellationToken);

    public Task<CreateFunctionResponse> CreateFunctionAsync(
        CreateFunctionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<CreateFunctionResponse>("POST", "/2015-03-31/functions", request, cancellationToken);

    public Task<DeleteFunctionResponse> DeleteFunctionAsync(
        DeleteFunctionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<DeleteFunctionResponse>("DELETE", "/2015-03-31/functions/{FunctionName}?Qualifier={Qualifier}", request, cancellationToken);

    public Task<DeleteFunctionConcurrencyResponse> DeleteFunctionConcurrencyAsync(
        DeleteFunctionConcurrencyRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<DeleteFunctionConcurrencyResponse>("DELETE", "/2017-10-31/functions/{FunctionName}/concurrency", request, cancellationToken);

    public Task<GetAliasResponse> GetAliasAsync(GetAliasRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<GetAliasResponse>("GET", "/2015-03-31/functions/{FunctionName}/aliases/{Name}", request, cancellationToken);

    public Task<GetFunctionResponse> GetFunctionAsync(GetFunctionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<GetFunctionResponse>("GET", "/2015-03-31/functions/{FunctionName}?Qualifier={Qualifier}", request, cancellationToken);

    public Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(InvokeReply.Operation, new InvokeReply(), request, cancellationToken);

    public Task<ListAliasesResponse> ListAliasesAsync(ListAliasesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<ListAliasesResponse>("GET", "/2015-03-31/functions/{FunctionName}/aliases?Marker={Marker}", request, cancellationToken);

    public Task<ListVersionsByFunctionResponse> ListVersionsByFunctionAsync(
        ListVersionsByFunctionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<ListVersionsByFunctionResponse>("GET", "/2015-03-31/functions/{FunctionName}/versions?Marker={Marker}", request, cancellationToken);

    public Task<PublishVersionResponse> PublishVersionAsync(
        PublishVersionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<PublishVersionResponse>("POST", "/2015-03-31/functions/{FunctionName}/versions", request, cancellationToken);

    public Task<PutFunctionConcurrencyResponse> PutFunctionConcurrencyAsync(
        PutFunctionConcurrencyRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<PutFunctionConcurrencyResponse>("PUT", "/2017-10-31/functions/{FunctionName}/concurrency", request, cancellationToken);

    public Task<TagResourceResponse> TagResourceAsync(TagResourceRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<TagResourceResponse>("POST", "/2017-03-31/tags/{Resource}", request, cancellationToken);

    public Task<UntagResourceResponse> UntagResourceAsync(
        UntagResourceRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<UntagResourceResponse>("DELETE", "/2017-03-31/tags/{Resource}?tagKeys={TagKeys}", request, cancellationToken);

    public Task<UpdateAliasResponse> UpdateAliasAsync(UpdateAliasRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<UpdateAliasResponse>("PUT", "/2015-03-31/functions/{FunctionName}/aliases/{Name}", request, cancellationToken);

    public Task<UpdateFunctionCodeResponse> UpdateFunctionCodeAsync(
        UpdateFunctionCodeRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<UpdateFunctionCodeResponse>("PUT", "/2015-03-31/functions/{FunctionName}/code", request, cancellationToken);

    public Task<UpdateFunctionConfigurationResponse> UpdateFunctionConfigurationAsync(
        UpdateFunctionConfigurationRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<UpdateFunctionConfigurationResponse>("PUT", "/2015-03-31/functions/{FunctionName}/configuration", request, cancellationToken);

    private Task<T> CallAsync<T>(string method, string path, AmazonLambdaRequest request, CancellationToken cancel)
        where T : AmazonWebServiceResponse, new()
    {
        var name = typeof(T).Name.Replace("Response", "", StringComparison.Ordinal);
        return SendAsync<T>(new ServiceOperation("Lambda", name, method, path, Headers, Json), request, cancel);
    }

    /// <summary>Payloads are sent as bytes. Other members are headers.</summary>
    private sealed class InvokeReply() : ServiceReply<InvokeResponse>(Operation)
    {
        public static readonly ServiceOperation Operation = new(
            "Lambda", "Invoke", "POST", "/2015-03-31/functions/{FunctionName}/invocations?Qualifier={Qualifier}",
            new Dictionary<string, string> { ["Content-Type"] = "application/octet-stream" }, Json)
        {
            Payload = nameof(InvokeRequest.Payload),
        };

        protected override InvokeResponse Read(IWebResponseData response, byte[] body) => new()
        {
            StatusCode = (int)response.StatusCode,
            FunctionError = Header(response, "X-Amz-Function-Error"),
            ExecutedVersion = Header(response, "X-Amz-Executed-Version"),
            Payload = new MemoryStream(body),
        };
    }
}
