namespace CmEtl.Cli;

/// <summary>How objects are written.</summary>
internal enum OutputFormat
{
    /// <summary>As PowerShell shows them, with the module's views.</summary>
    Table,

    /// <summary>One property per line.</summary>
    List,

    /// <summary>One object, or an array of them.</summary>
    Json,

    /// <summary>One line per object, below the names of the first one's properties.</summary>
    Csv,
}
