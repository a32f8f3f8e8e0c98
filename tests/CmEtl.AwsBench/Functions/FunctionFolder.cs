using System.IO.Compression;

namespace CmEtl.AwsBench;

/// <summary>An unpacked deployment package, as in an execution environment.</summary>
public sealed class FunctionFolder : IDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <param name="zip">The package. As in Lambda, it is refused if it has no executable bootstrap.</param>
    public FunctionFolder(byte[] zip)
    {
        Path = Directory.CreateTempSubdirectory("cmetl-function-").FullName;
        using (var package = new MemoryStream(zip))
        {
            ZipFile.ExtractToDirectory(package, Path);
        }

        if (!File.Exists(Bootstrap) || (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(Bootstrap) & Executable) != Executable))
        {
            Dispose();
            throw new InvalidDataException("The package has no executable file bootstrap.");
        }
    }

    /// <summary>The folder (LAMBDA_TASK_ROOT).</summary>
    public string Path { get; }

    /// <summary>The function's program.</summary>
    public string Bootstrap => System.IO.Path.Combine(Path, "bootstrap");

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
