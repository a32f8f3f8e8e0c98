using System.Reflection;
using System.Runtime.CompilerServices;
using CmEtl.Sandbox;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>The text of no type contains a password, which the generated text of a record would.</summary>
public sealed class SecretTextTests
{
    private static readonly string[] Names = ["password", "secretstring", "secretkey", "pgpass"];

    [Fact]
    public void No_text_of_an_object_holds_a_password()
    {
        var types = new[] { typeof(EtlSettings).Assembly, typeof(PostgresSandbox).Assembly }.Concat(Others()).SelectMany(a => a.GetTypes())
            .Where(t => t is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }).ToList();
        var checkedTypes = 0;
        foreach (var type in types)
        {
            var fields = Fields(type)
                .Where(f => f.FieldType == typeof(string) && Names.Any(n => f.Name.Contains(n, StringComparison.OrdinalIgnoreCase)))
                .ToList();
            if (fields.Count == 0)
            {
                continue;
            }

            var instance = RuntimeHelpers.GetUninitializedObject(type);
            fields.ForEach(f => f.SetValue(instance, "hush-hush"));
            checkedTypes++;
            Assert.DoesNotContain("hush-hush", Text(instance), StringComparison.Ordinal);
        }

        Assert.True(checkedTypes >= 3, $"{checkedTypes} types with a password");
    }

    // If the object is incomplete, its text is an error and not a password.
    private static string Text(object instance)
    {
        try
        {
            return instance.ToString() ?? "";
        }
        catch (NullReferenceException)
        {
            return "";
        }
    }

    private static IEnumerable<FieldInfo> Fields(Type? type) => type is null || type == typeof(object)
        ? []
        : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Concat(Fields(type.BaseType));

    // Projects that this one does not reference, if they have been built.
    private static IEnumerable<Assembly> Others()
    {
        string[] names = ["CmEtl.Lambda", "CmEtl.PowerShell", "CmEtl.Aws"];
        return names.SelectMany(n => Directory.Exists(Path.Combine(Repository.Root, "src", n, "bin"))
            ? Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", n, "bin"), n + ".dll", SearchOption.AllDirectories)
                .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}ref", StringComparison.Ordinal)).Take(1)
            : []).SelectMany(Load);
    }

    private static IEnumerable<Assembly> Load(string file)
    {
        var assembly = Assembly.LoadFrom(file);
        try
        {
            _ = assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException)
        {
            yield break;
        }

        yield return assembly;
    }
}
