namespace CmEtl.AwsBench;

/// <summary>An error answer.</summary>
internal sealed class ServiceFault(string code, string message, int status = 400) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;
}
