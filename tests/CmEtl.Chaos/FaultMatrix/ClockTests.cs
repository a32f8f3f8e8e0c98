using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using CmEtl.Engine;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>A worker's clock may be wrong by hours, because the engine does not use it.</summary>
public sealed class ClockTests
{
    [Fact]
    public void Only_the_clock_of_the_database_decides()
    {
        using var file = File.OpenRead(typeof(EtlEngine).Assembly.Location);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        var asked = metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Where(m => m.Parent.Kind == HandleKind.TypeReference)
            .Select(m => (Type: metadata.GetTypeReference((TypeReferenceHandle)m.Parent), Member: metadata.GetString(m.Name)))
            .Select(m => $"{metadata.GetString(m.Type.Name)}.{m.Member}").ToList();
        Assert.Contains("Stopwatch.StartNew", asked);
        Assert.DoesNotContain(asked, m => m is "DateTime.get_Now" or "DateTime.get_UtcNow" or "DateTime.get_Today" or "DateTimeOffset.get_Now"
            or "DateTimeOffset.get_UtcNow" or "TimeProvider.get_System" or "TimeProvider.GetUtcNow");
    }
}
