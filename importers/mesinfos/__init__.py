"""The JSON sets of the MesInfos pilot (2016-2017), one module per kind of document."""
