using System.IO.Compression;
using System.Runtime.InteropServices;
using CmEtl.Aws.Deployment;
using CmEtl.AwsBench;
using CmEtl.Engine;

namespace CmEtl.Lambda.Tests;

/// <summary>The package for arm64 has the right architecture, and its program starts and answers, if necessary under QEMU.</summary>
public sealed class ArmTests
{
    private const string Emulator = "/usr/bin/qemu-aarch64-static";
    private const string Libraries = "/usr/aarch64-linux-gnu";

    [ArmFact]
    public void It_is_chosen_and_refused_by_its_architecture()
    {
        var folder = Path.GetDirectoryName(FunctionPackage.Arm)!;
        Assert.True(File.Exists(FunctionPackage.Zip));

        Assert.Equal("arm64", PackageFile.Read(FunctionPackage.Arm).Architecture);
        Assert.Equal("arm64", PackageFile.Read(folder, "arm64").Architecture);
        Assert.Equal("x86_64", PackageFile.Read(folder).Architecture);
        var error = Assert.Throws<CmEtlException>(() => PackageFile.Read(FunctionPackage.Zip, "arm64"));
        Assert.Equal(ErrorIds.InvalidPackage, error.ErrorId);
        Assert.Contains("is built for x86_64, not for arm64", error.Message, StringComparison.Ordinal);
    }

    [ArmFact]
    public async Task Its_program_starts_and_reports_a_wrong_setting()
    {
        var zip = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip");
        await File.WriteAllBytesAsync(zip, Emulated());
        try
        {
            // OpenSSL for this architecture is part of Amazon Linux but not of a cross compiler, so the program runs only up to its
            // settings.
            using var host =
                new LambdaHost(
                new LambdaOptions { ZipFile = zip, Environment = new Dictionary<string, string> { ["LOG_LEVEL"] = "loud" } });

            Assert.Contains("LOG_LEVEL is not valid", World.Message("CmEtl.Configuration", await host.InvokeAsync(new { action = "none" })), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(zip);
        }
    }

    // A kernel without binfmt_misc cannot start programs of another architecture, so a script does.
    private static byte[] Emulated()
    {
        var package = new MemoryStream();
        package.Write(File.ReadAllBytes(FunctionPackage.Arm));
        if (RuntimeInformation.OSArchitecture != Architecture.Arm64)
        {
            using var zip = new ZipArchive(package, ZipArchiveMode.Update, leaveOpen: true);
            Copy(zip, "bootstrap", "program");
            zip.GetEntry("bootstrap")!.Delete();
            using var script = new StreamWriter(Executable(zip, "bootstrap").Open());
            script.Write($"#!/bin/sh\nexec {Emulator} -L {Libraries} ./program\n");
        }

        return package.ToArray();
    }

    private static void Copy(ZipArchive zip, string from, string to)
    {
        var content = new MemoryStream();
        using (var source = zip.GetEntry(from)!.Open())
        {
            source.CopyTo(content);
        }

        using var target = Executable(zip, to).Open();
        target.Write(content.ToArray());
    }

    private static ZipArchiveEntry Executable(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name);
        entry.ExternalAttributes = 0b1_000_000_111_101_101 << 16;
        return entry;
    }

    /// <summary>
    /// A test that needs an arm64 processor, or QEMU and Debian's cross compiler; skipped by name where they are missing.
    /// </summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class ArmFactAttribute : FactAttribute
    {
        public ArmFactAttribute() => Skip =
            RuntimeInformation.OSArchitecture == Architecture.Arm64 || (File.Exists(Emulator) && File.Exists("/usr/bin/aarch64-linux-gnu-gcc")) ? null
            : "There is no arm64 processor, and no qemu-user-static and gcc-aarch64-linux-gnu here.";
    }
}
