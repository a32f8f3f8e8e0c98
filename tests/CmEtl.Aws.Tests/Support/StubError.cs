namespace CmEtl.Aws.Tests;

/// <summary>An error of the stub: of the function with status 200, otherwise of the service.</summary>
internal sealed class StubError(string name, string message, int status = 200) : Exception(message)
{
    public string Name { get; } = name;

    public int Status { get; } = status;
}
