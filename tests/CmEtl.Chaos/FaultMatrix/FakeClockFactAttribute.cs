namespace CmEtl.Chaos.FaultMatrix;

/// <summary>A test that needs libfaketime to set the server's clock. CI installs it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FakeClockFactAttribute : FactAttribute
{
    public FakeClockFactAttribute() => Skip = Requirement.Skip(Library is null ? "libfaketime is not installed." : null);

    /// <summary>The library to preload; null when it is not installed.</summary>
    public static string? Library { get; } = Directory.Exists("/usr/lib")
        ? Directory.EnumerateDirectories("/usr/lib").Select(d => Path.Combine(d, "faketime", "libfaketime.so.1")).FirstOrDefault(File.Exists)
        : null;
}
