namespace CmEtl.AwsBench;

/// <summary>An error response.</summary>
internal sealed class ServiceFault(string code, string message, int status = 400) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;
}
