namespace CmEtl.Aws.Lambda;

/// <summary>
/// The operations of AWS Lambda that CmEtl uses, named and shaped as in the AWS SDK for .NET, so that its package can replace this:
/// https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html.
/// All throw <see cref="Amazon.Runtime.AmazonServiceException"/> with the service's error code when refused.
/// </summary>
public interface ILambda
{
    /// <summary>Calls a function. A function that throws is an answer with <see cref="InvokeResponse.FunctionError"/>, no exception.</summary>
    Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancel);

    /// <summary>A function as it stands.</summary>
    Task<GetFunctionResponse> GetFunctionAsync(GetFunctionRequest request, CancellationToken cancel);

    /// <summary>Creates a function.</summary>
    Task<FunctionConfiguration> CreateFunctionAsync(CreateFunctionRequest request, CancellationToken cancel);

    /// <summary>Replaces a function's code.</summary>
    Task<FunctionConfiguration> UpdateFunctionCodeAsync(UpdateFunctionCodeRequest request, CancellationToken cancel);

    /// <summary>Changes a function's configuration.</summary>
    Task<FunctionConfiguration> UpdateFunctionConfigurationAsync(UpdateFunctionConfigurationRequest request, CancellationToken cancel);

    /// <summary>Publishes a version.</summary>
    Task<FunctionConfiguration> PublishVersionAsync(PublishVersionRequest request, CancellationToken cancel);

    /// <summary>An alias as it stands.</summary>
    Task<AliasConfiguration> GetAliasAsync(GetAliasRequest request, CancellationToken cancel);

    /// <summary>Creates an alias.</summary>
    Task<AliasConfiguration> CreateAliasAsync(CreateAliasRequest request, CancellationToken cancel);

    /// <summary>Points an alias elsewhere.</summary>
    Task<AliasConfiguration> UpdateAliasAsync(UpdateAliasRequest request, CancellationToken cancel);
}
