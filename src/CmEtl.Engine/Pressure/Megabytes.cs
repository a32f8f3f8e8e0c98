namespace CmEtl.Engine;

/// <summary>Conversion of bytes to the unit of messages and settings.</summary>
internal static class Megabytes
{
    public const double Bytes = 1024 * 1024;
}
