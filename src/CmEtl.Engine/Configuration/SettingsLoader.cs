namespace CmEtl.Engine;

/// <summary>Reads settings from parameter, environment, JSON file and defaults, in this precedence.</summary>
public static class SettingsLoader
{
    /// <summary>Loads and validates; one <see cref="CmEtlException"/> names every bad key, its value and the allowed range.</summary>
    /// <param name="parameters">Values given by the caller, by setting name (snake_case as in the file, e.g. <c>target_chunk_size</c>); nulls are ignored.</param>
    /// <param name="settingsPath">A JSON file, or null.</param>
    /// <param name="environment">Reads an environment variable; null means the process's own.</param>
    public static EtlSettings Load(
        IReadOnlyDictionary<string, object?>? parameters = null, string? settingsPath = null, Func<string, string?>? environment = null) =>
        throw new NotImplementedException();
}
