namespace CmEtl.Engine;

/// <summary>The unit that people know WAL in.</summary>
internal static class Megabytes
{
    public const double Bytes = 1024 * 1024;
}
