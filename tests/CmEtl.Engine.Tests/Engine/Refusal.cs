using System.Diagnostics;
using System.Text.Json;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>Helpers for errors that the engine is expected to throw.</summary>
internal static class Refusal
{
    public static readonly Dictionary<string, string> NoEnvironment = [];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static EtlSettings Load(string name, string text) =>
        SettingsLoader.Load(new Dictionary<string, object?> { [name] = text }, null, NoEnvironment);

    /// <summary>The settings of the test with one setting changed.</summary>
    public static EtlSettings Over(EtlSettings settings, EtlSettings odd, string name)
    {
        var property = typeof(EtlSettings).GetProperties()
            .Single(p => p.Name.Equals(name.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        var result = settings with { };
        property.SetValue(result, property.GetValue(odd));
        return result;
    }

    /// <summary>
    /// Returns the CmEtlException that a call throws, or null when it succeeds. Any other exception, or no end within the limit, fails the
    /// test.
    /// </summary>
    public static async Task<CmEtlException?> OfAsync(string kind, Func<Task> call)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            await call();
            return null;
        }
        catch (CmEtlException error)
        {
            AssertClear(kind, error);
            return error;
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{kind}: {error.GetType().Name} left the engine.", error);
        }
        finally
        {
            Assert.True(watch.Elapsed < Patience, $"{kind}: {watch.Elapsed}");
        }
    }

    public static void AssertClear(string kind, CmEtlException error)
    {
        Assert.True(error.Message.Length is > 10 and < 2_000 && error.Remedy.Length > 0, $"{kind}: {error.Message.Length} characters");
        Assert.DoesNotContain(error.Message, c => char.IsControl(c) || c is '\u202E');
        Assert.DoesNotContain("   at ", error.Message, StringComparison.Ordinal);
        Assert.Null(error.InnerException);
        JsonSerializer.Serialize(error.Message);
    }
}
